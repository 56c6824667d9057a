/// The host's mappings are not taken away: each is a reference, and a range that somebody has only touched is refused for ever.
spec no_host_zap extends inplace_v7

in set_memory_attributes2 {
  drop zap_host
}
expect refuted retry_succeeds "nobody has pinned the range, and it is refused"
expect refuted no_spurious "the same"
