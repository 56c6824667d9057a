// gmemspec compile %s
// an expected refutation without a reason
spec t extends base
expect refuted small
