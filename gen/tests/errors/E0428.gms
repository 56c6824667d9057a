// gmemspec compile %s
// a default that is none of the values to try
spec t

param order : u6 = 1 in [0, 9]
action go(n : u6) { fail EINVAL if n == order }
