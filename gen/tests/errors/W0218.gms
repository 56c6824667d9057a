// gmemspec compile %s
// an expectation that goes without saying
spec t extends base
expect proved small
