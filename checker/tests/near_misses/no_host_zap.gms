/// A conversion to private leaves the host's mappings.
spec no_host_zap extends inplace_v7

in set_memory_attributes2 {
  drop zap_host
}
expect refuted no_host_private "the host still has private pages mapped"
