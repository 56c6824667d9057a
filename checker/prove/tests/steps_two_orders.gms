// gmemspec prove --stepwise --no-runs --no-clauses --no-times --spec %s
// Expected: unknown. Two locks are taken in both orders; nothing else is wrong, and no run was looked for.
spec two_orders

domain Account

lock books : [Account]
lock ledger

state balance : [Account] -> u8
state total   : u8

action create_account() returns (account : Account) {
  create a : Account
  account = a
}

action deposit(a : Account) {
  hold exclusive books[a] {
    step book { balance[a] = balance[a] + 1 }
    hold exclusive ledger { total = total + 1 }
  }
}

action audit(a : Account) {
  hold exclusive ledger {
    step look { total = 0 }
    hold exclusive books[a] { total = balance[a] }
  }
}

invariant always : all a of Account : balance[a] <= 255
