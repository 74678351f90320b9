-- Redeems gift cards, each code once, each by a random fan but the first, who bought them. Arguments: path, file of bearer tokens,
-- file of codes, prefix of this run's idempotency keys. A thread that has no code left stops.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("id", threads)
  thread:set("step", 2)
end

local function lines(path)
  local all = {}
  for line in io.lines(path) do all[#all + 1] = line end
  return all
end

local heads, bodies, prefix, count = {}, {}, "", 0

function init(args)
  local tokens, codes = lines(args[2]), lines(args[3])
  prefix = args[4] .. "-" .. id .. "-"
  math.randomseed(id * 7919)
  for i = 2, #tokens do
    heads[i - 1] = "POST " .. args[1] .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nAuthorization: Bearer " .. tokens[i]
      .. "\r\nContent-Type: application/json\r\nIdempotency-Key: "
  end
  -- wrk runs two threads: each takes every second code.
  for i = id, #codes, step do
    local body = '{"giftCardCode":"' .. codes[i] .. '"}'
    bodies[#bodies + 1] = "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
  end
end

function request()
  count = count + 1
  if count >= #bodies then wrk.thread:stop() end
  return heads[math.random(#heads)] .. prefix .. count .. bodies[math.min(count, #bodies)]
end
