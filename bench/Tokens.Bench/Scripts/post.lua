-- POSTs a tip's body. Arguments: path, file of bearer tokens, file of creators, prefix of this run's idempotency keys.
-- Everything but the key is put together beforehand, so that the generator costs little beside what it measures.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("id", threads)
end

local function lines(path)
  local all = {}
  for line in io.lines(path) do all[#all + 1] = line end
  return all
end

local heads, tails, prefix, count = {}, {}, "", 0

function init(args)
  local path, tokens, creators = args[1], lines(args[2]), lines(args[3])
  prefix = args[4] .. "-" .. id .. "-"
  math.randomseed(id * 7919)
  for i, token in ipairs(tokens) do
    heads[i] = "POST " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nAuthorization: Bearer " .. token
      .. "\r\nContent-Type: application/json\r\nIdempotency-Key: "
  end
  for i, creator in ipairs(creators) do
    local body = '{"creatorId":"' .. creator .. '","amountTokens":1}'
    tails[i] = "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
  end
end

function request()
  count = count + 1
  return heads[math.random(#heads)] .. prefix .. count .. tails[math.random(#tails)]
end
