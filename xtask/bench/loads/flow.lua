-- The flow of flow.tide for wrk. wrk doesn't say which connection an answer belongs to, so the number is kept for all of
-- them together, and the order of steps is kept for all of them, too: less work than a person each would be.
local step, buys, item, bad = 0, false, "0", 0
local headers = { ["Content-Type"] = "application/json" }

function request()
  step = step + 1
  if step == 1 then
    buys = math.random(100) > 75
    return wrk.format("GET", "/items?view=short")
  elseif step == 2 then
    if not buys then step = 0 end
    return wrk.format("GET", "/items/" .. item)
  end
  step = 0
  return wrk.format("POST", "/cart", headers, '{"item":' .. item .. ',"count":1}')
end

function response(status, _, body)
  if status ~= 200 and status ~= 201 then bad = bad + 1 end
  local found = body:match('"id":(%d+)')
  if found then item = found end
end
