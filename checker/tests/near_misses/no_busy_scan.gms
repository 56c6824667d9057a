/// A conversion to private does not look for references.
spec no_busy_scan extends inplace_v7

in set_memory_attributes2 {
  replace busy:
    busy: fail EAGAIN with error_offset = offset if false
}
expect refuted pin_safe "pinned pages become private"
expect refuted held_is_shared "the same, seen in the state"
