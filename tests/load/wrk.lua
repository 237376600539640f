-- One request, over and over, in the sessions of a file: a line `cookie<TAB>body` for each.
local requests, n = {}, 0
for line in io.lines(os.getenv("SESSIONS")) do
  local cookie, body = line:match("^(.-)\t(.*)$")
  local headers = { ["Host"] = os.getenv("HOST"), ["Cookie"] = cookie }
  if body ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
  requests[#requests + 1] = wrk.format(body ~= "" and "POST" or "GET", os.getenv("ADDRESS"), headers, body ~= "" and body or nil)
end
-- Microseconds of work between two requests. Whoever asks without a pause sleeps until a slow server answers, and the
-- server pays for waking them; a quick one is never alone. At the same pace both are woken as often.
local pause = tonumber(os.getenv("PAUSE") or "0")
local function spin(turns)
  local sum = 0
  for turn = 1, turns do sum = (sum * 31 + turn) % 65521 end
  return sum
end
local turns = 0
if pause > 0 then
  spin(1000000)
  local began = os.clock()
  spin(10000000)
  turns = pause * 10 / (os.clock() - began)
end
request = function()
  spin(turns)
  n = n + 1
  return requests[(n - 1) % #requests + 1]
end
done = function(sum)
  local broken = sum.errors.connect + sum.errors.read + sum.errors.write + sum.errors.timeout
  io.write(string.format('\n{"requests":%d,"refused":%d,"broken":%d}\n', sum.requests, sum.errors.status, broken))
end
