// gmemspec compile %s
// a cover that is expected to fail
spec t extends base
expect refuted grown "nobody grows"
