// Calls of the actions of linux_6_18 by number.
#include "model/generated/linux_6_18/calls.h"

#include "model/generated/linux_6_18/actions.h"

namespace gms::model::linux_6_18 {

Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
            std::vector<Datum>& outputs) {
  switch (action) {
    case 0: {
      static constexpr std::uint8_t kWidths[] = {2, 8, 8};
      HostReadOutputs out;
      const Clause clause =
          host_read(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                    from_datum<MapPage>(args[2]), from_datum<std::uint16_t>(args[3]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 1: {
      static constexpr std::uint8_t kWidths[] = {2, 8};
      HostWriteOutputs out;
      const Clause clause =
          host_write(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                     from_datum<MapPage>(args[2]), from_datum<std::uint16_t>(args[3]),
                     from_datum<Lazy<std::uint8_t>>(args[4]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 2: {
      static constexpr std::uint8_t kWidths[] = {1, 64};
      PagemapOutputs out;
      const Clause clause =
          pagemap(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                  from_datum<MapPage>(args[2]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 3: {
      static constexpr std::uint8_t kWidths[] = {64};
      CreateVmOutputs out;
      const Clause clause = create_vm(s, choose, from_datum<std::int64_t>(args[0]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 4: {
      static constexpr std::uint8_t kWidths[] = {64};
      CheckExtensionOutputs out;
      const Clause clause = check_extension(s, choose, from_datum<Optional<Vm>>(args[0]),
                                            from_datum<std::uint32_t>(args[1]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 5:
      return set_memory_attributes(
          s, choose, from_datum<Vm>(args[0]), from_datum<std::uint64_t>(args[1]),
          from_datum<std::uint64_t>(args[2]), from_datum<std::uint64_t>(args[3]),
          from_datum<std::uint64_t>(args[4]), from_datum<Ptr>(args[5]), from_datum<bool>(args[6]));
    case 6: {
      static constexpr std::uint8_t kWidths[] = {64};
      CreateGuestMemfdOutputs out;
      const Clause clause = create_guest_memfd(
          s, choose, from_datum<Process>(args[0]), from_datum<Optional<Vm>>(args[1]),
          from_datum<std::uint64_t>(args[2]), from_datum<std::uint64_t>(args[3]),
          from_datum<Ptr>(args[4]), from_datum<bool>(args[5]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 7: {
      static constexpr std::uint8_t kWidths[] = {64};
      DupOutputs out;
      const Clause clause =
          dup(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 8:
      return close(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]));
    case 9: {
      static constexpr std::uint8_t kWidths[] = {64};
      ForkOutputs out;
      const Clause clause = fork(s, choose, from_datum<Process>(args[0]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 10: return exit_process(s, choose, from_datum<Process>(args[0]));
    case 11: {
      static constexpr std::uint8_t kWidths[] = {64, 64, 32, 32};
      FstatOutputs out;
      const Clause clause =
          fstat(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 12: {
      static constexpr std::uint8_t kWidths[] = {64};
      FileCallOutputs out;
      const Clause clause =
          file_call(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]),
                    from_datum<FileCall>(args[2]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 13:
      return ioctl_on_closed(s, choose, from_datum<Process>(args[0]),
                             from_datum<Optional<Fd>>(args[1]));
    case 14: return unknown_gmem_ioctl(s, choose);
    case 15: {
      static constexpr std::uint8_t kWidths[] = {64};
      SetMemoryAttributes2Outputs out;
      const Clause clause = set_memory_attributes2(
          s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]),
          from_datum<Optional<FdWord>>(args[2]), from_datum<std::uint64_t>(args[3]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 16:
      return set_user_memory_region2(
          s, choose, from_datum<Process>(args[0]), from_datum<Vm>(args[1]),
          from_datum<std::uint32_t>(args[2]), from_datum<std::uint32_t>(args[3]),
          from_datum<std::uint64_t>(args[4]), from_datum<std::uint64_t>(args[5]),
          from_datum<Optional<Mapping>>(args[6]), from_datum<std::uint64_t>(args[7]),
          from_datum<Optional<HvaWord>>(args[8]), from_datum<Optional<Fd>>(args[9]),
          from_datum<Optional<FdWord>>(args[10]), from_datum<std::uint64_t>(args[11]),
          from_datum<bool>(args[12]));
    case 17: {
      static constexpr std::uint8_t kWidths[] = {64};
      MmapOutputs out;
      const Clause clause =
          mmap(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]),
               from_datum<std::uint64_t>(args[2]), from_datum<std::uint32_t>(args[3]),
               from_datum<std::uint32_t>(args[4]), from_datum<std::uint64_t>(args[5]),
               from_datum<bool>(args[6]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 18: {
      static constexpr std::uint8_t kWidths[] = {64};
      OrdinaryMemoryOutputs out;
      const Clause clause = ordinary_memory(s, choose, from_datum<Process>(args[0]),
                                            from_datum<std::uint64_t>(args[1]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 19:
      return munmap(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                    from_datum<std::uint64_t>(args[2]), from_datum<std::uint64_t>(args[3]));
    case 20:
      return mprotect(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                      from_datum<MapPage>(args[2]), from_datum<std::uint32_t>(args[3]));
    case 21:
      return fallocate(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]),
                       from_datum<std::uint32_t>(args[2]), from_datum<std::int64_t>(args[3]),
                       from_datum<std::int64_t>(args[4]), from_datum<bool>(args[5]));
    case 22: {
      static constexpr std::uint8_t kWidths[] = {64, 64};
      PinOutputs out;
      const Clause clause = pin(s, choose, from_datum<Process>(args[0]),
                                from_datum<Mapping>(args[1]), from_datum<MapPage>(args[2]),
                                from_datum<std::uint64_t>(args[3]), from_datum<bool>(args[4]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 23: {
      static constexpr std::uint8_t kWidths[] = {8};
      PinByteOutputs out;
      const Clause clause =
          pin_byte(s, choose, from_datum<Pin>(args[0]), from_datum<std::uint64_t>(args[1]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 24: {
      static constexpr std::uint8_t kWidths[] = {64};
      PinDrainOutputs out;
      const Clause clause = pin_drain(s, choose, from_datum<Pin>(args[0]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 25: return unpin(s, choose, from_datum<Pin>(args[0]));
    case 26:
      return io_uring_register_buffers(s, choose, from_datum<Process>(args[0]),
                                       from_datum<Mapping>(args[1]), from_datum<MapPage>(args[2]),
                                       from_datum<std::uint64_t>(args[3]));
    case 27: return io_uring_unregister_buffers(s, choose);
    case 28: return io_uring_setup(s, choose);
    case 29:
      return kernel_read(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                         from_datum<MapPage>(args[2]), from_datum<AccessPath>(args[3]));
    case 30:
      return kernel_write(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                          from_datum<MapPage>(args[2]), from_datum<AccessPath>(args[3]));
    case 31:
      return mlock(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                   from_datum<MapPage>(args[2]));
    case 32:
      return munlock(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                     from_datum<MapPage>(args[2]));
    case 33:
      return msync(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                   from_datum<MapPage>(args[2]));
    case 34: {
      static constexpr std::uint8_t kWidths[] = {1};
      MincoreOutputs out;
      const Clause clause =
          mincore(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                  from_datum<MapPage>(args[2]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 35:
      return madvise(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                     from_datum<MapPage>(args[2]), from_datum<std::uint32_t>(args[3]));
    case 36: {
      static constexpr std::uint8_t kWidths[] = {2, 8, 64, 64, 64, 64, 1, 32};
      GuestReadOutputs out;
      const Clause clause =
          guest_read(s, choose, from_datum<Vm>(args[0]), from_datum<std::uint64_t>(args[1]),
                     from_datum<bool>(args[2]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 37: {
      static constexpr std::uint8_t kWidths[] = {2, 64, 64, 64, 64, 1, 32};
      GuestWriteOutputs out;
      const Clause clause =
          guest_write(s, choose, from_datum<Vm>(args[0]), from_datum<std::uint64_t>(args[1]),
                      from_datum<std::uint8_t>(args[2]), from_datum<bool>(args[3]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 38: {
      static constexpr std::uint8_t kWidths[] = {64, 64};
      PreFaultMemoryOutputs out;
      const Clause clause =
          pre_fault_memory(s, choose, from_datum<Vm>(args[0]), from_datum<std::uint64_t>(args[1]),
                           from_datum<std::uint64_t>(args[2]), from_datum<bool>(args[3]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    default: return Clause::kImpossible;
  }
}

}  // namespace gms::model::linux_6_18
