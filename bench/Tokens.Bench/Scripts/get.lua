-- GETs as one member after another, at random. Arguments: path, file of bearer tokens.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("id", threads)
end

local requests = {}

function init(args)
  math.randomseed(id * 7919)
  for token in io.lines(args[2]) do
    requests[#requests + 1] = "GET " .. args[1] .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port
      .. "\r\nAuthorization: Bearer " .. token .. "\r\n\r\n"
  end
end

function request() return requests[math.random(#requests)] end
