-- One request, over and over, in the sessions of a file: a line `cookie<TAB>body` for each.
local requests, n = {}, 0
for line in io.lines(os.getenv("SESSIONS")) do
  local cookie, body = line:match("^(.-)\t(.*)$")
  local headers = { ["Host"] = os.getenv("HOST"), ["Cookie"] = cookie }
  if body ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
  requests[#requests + 1] = wrk.format(body ~= "" and "POST" or "GET", os.getenv("ADDRESS"), headers, body ~= "" and body or nil)
end
request = function()
  n = n + 1
  return requests[(n - 1) % #requests + 1]
end
done = function(sum)
  local broken = sum.errors.connect + sum.errors.read + sum.errors.write + sum.errors.timeout
  io.write(string.format('\n{"requests":%d,"refused":%d,"broken":%d}\n', sum.requests, sum.errors.status, broken))
end
