local count = 0
total = 0
function tally()
  total = total + 1
  amount = total
  coutn = total
end
for _ = 1, 3 do
  cuont = count + 1
end
servers = {}
print = tally
_G.amount2 = 1
print(amount2)
servers.creat()
