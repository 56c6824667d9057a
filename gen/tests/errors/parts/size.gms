// Included by the cases about includes.
state size : u64
