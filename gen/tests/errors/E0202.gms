// gmemspec compile %s
// a spec that extends itself
spec E0202 extends E0202
