// The prover against brute force on random specs: what it proves must not be violated in any state
// that is reached, and what it refutes must be a call that the interpreter can make.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gms::check {

struct FuzzRun {
  std::size_t specs = 0, malformed = 0;
  std::size_t proved = 0, refuted = 0, unknown = 0;  // properties
  // Of the proved ones: about state that some call changes, and false of some state that is never
  // reached.
  std::size_t proved_nontrivial = 0;
  std::size_t refuted_reached = 0;   // also violated by the search
  std::size_t violated_unknown = 0;  // violated by the search and not decided
  std::size_t replayed = 0, not_a_state = 0, replay_holds = 0;
  std::size_t states = 0, calls = 0;
  std::vector<std::string> unsound;   // the first few: proved, yet violated
  std::vector<std::string> unreal;    // the first few: candidates that do not replay
  std::vector<std::string> mistakes;  // of the generator
};

FuzzRun fuzz_prover(std::uint64_t seed, std::size_t specs);

}  // namespace gms::check
