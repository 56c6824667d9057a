// Writes that wait until everything was read: for updates whose right-hand sides read what the same
// statement writes elsewhere.
#pragma once

#include <functional>
#include <utility>
#include <vector>

namespace gms::model {

class Deferred {
 public:
  void add(std::function<void()> write) { writes_.push_back(std::move(write)); }
  void run() {
    for (const std::function<void()>& write : writes_)
      write();
    writes_.clear();
  }

 private:
  std::vector<std::function<void()>> writes_;
};

}  // namespace gms::model
