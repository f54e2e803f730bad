-- Requests each address of a file once, in order, from an offset on.
local addresses = {}
local position = 0
init = function(arguments)
  for line in io.lines(arguments[1]) do addresses[#addresses + 1] = line end
  position = tonumber(arguments[2])
end
request = function()
  position = position + 1
  return wrk.format("GET", addresses[(position - 1) % #addresses + 1])
end
local failed = 0
response = function(status) if status ~= 200 and status ~= 304 then failed = failed + 1; wrk.thread:set("failed", failed) end end
local threads = {}
setup = function(thread) table.insert(threads, thread) end
done = function(summary)
  local sum = 0
  for _, thread in ipairs(threads) do sum = sum + (thread:get("failed") or 0) end
  io.write(string.format("FAILED %d\n", sum + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
