// gmemspec compile %s
// an expectation of a property that is not inherited
spec t extends base
expect proved smal
