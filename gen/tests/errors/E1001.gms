// gmemspec compile %s --emit cpp -o build/cases/E1001
// what the C++ back end does not make: a model without state
spec t
action go(x : u64) { fail EINVAL if x == 0 }
