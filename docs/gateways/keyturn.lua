-- Asks Keyturn about a call before it goes on: lets it pass with the identity headers and without the credential,
-- or answers the denial.

local question = "http://127.0.0.1:3001/v1/authz/forward-auth"
local timeout_ms = 5000

local identity = {
  "x-org-id", "x-key-id", "x-key-name", "x-service-user-id", "x-service-user", "x-access-level", "x-key-expires",
  "x-request-id", "x-date-time-format", "x-media-limit-bytes",
}
local told_to_client = { "content-type", "cache-control", "www-authenticate", "retry-after", "x-request-id" }
-- Of the call itself; the new request has its own.
local not_asked_with = { "host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "te" }

local function first(values)
  return values and values[0]
end

local function asked_with(txn)
  local headers = {}
  for name, values in pairs(txn.http:req_get_headers()) do
    headers[name] = {}
    for i = 0, #values do table.insert(headers[name], values[i]) end
  end
  for _, name in ipairs(not_asked_with) do headers[name] = nil end
  headers["x-forwarded-method"] = { txn.sf:method() }
  headers["x-forwarded-uri"] = { txn.sf:pathq() }
  headers["x-forwarded-for"] = { txn.sf:src() }
  return headers
end

local function deny(txn, answer)
  local reply = txn:reply({ status = answer.status, reason = answer.reason })
  for _, name in ipairs(told_to_client) do
    for i = 0, #(answer.headers[name] or {}) do
      local value = answer.headers[name] and answer.headers[name][i]
      if value then reply:add_header(name, value) end
    end
  end
  if answer.body then reply:set_body(answer.body) end
  txn:done(reply)
end

local function unavailable(txn)
  local reply = txn:reply({ status = 503 })
  reply:add_header("retry-after", "5")
  txn:done(reply)
end

core.register_action("keyturn", { "http-req" }, function(txn)
  local sent, answer = pcall(function()
    return core.httpclient():get({ url = question, headers = asked_with(txn), timeout = timeout_ms })
  end)
  if not sent or not answer or answer.status < 200 or answer.status >= 500 then return unavailable(txn) end
  if answer.status ~= 200 then return deny(txn, answer) end

  -- The credential ends here.
  txn.http:req_del_header("authorization")
  txn.http:req_del_header("x-api-key")
  for _, name in ipairs(identity) do
    txn.http:req_set_header(name, first(answer.headers[name]) or "")
  end
  txn.http:req_set_header("x-forwarded-for", txn.sf:src())

  local sunset = first(answer.headers["sunset"])
  if sunset then
    txn:set_var("txn.keyturn_sunset", sunset)
    txn:set_var("txn.keyturn_deprecation", first(answer.headers["deprecation"]))
  end
end)
