"""What Redis does in one step: take an operation's writes where nothing it read has changed, list, and forget.

Every key of an app begins with KEYS[1]; the rest of a key is made in the script, so Redis Cluster is not served.
``r:KIND:KEY`` is a record, ``i:KIND`` orders the keys of a kind, ``v:KIND`` counts the writes to it, ``mortal``
orders what expires by the app's time, ``done:NONCE`` says that an operation was taken before its answer was lost.
"""

from __future__ import annotations

from typing import Final

COMMIT: Final = """
local base, apps, at = KEYS[1], KEYS[2], 0
local function take() at = at + 1; return ARGV[at] end
local app_id, nonce = take(), take()
if redis.call('EXISTS', base .. 'done:' .. nonce) == 1 then return 1 end
for _ = 1, tonumber(take()) do
  local name, expected = take(), take()
  if (redis.call('GET', base .. name) or '') ~= expected then return 0 end
end
local writes = tonumber(take())
if writes == 0 then return 1 end
local function drop(kind, key)
  redis.call('DEL', base .. 'r:' .. kind .. ':' .. key)
  redis.call('ZREM', base .. 'i:' .. kind, key)
  redis.call('ZREM', base .. 'mortal', kind .. ':' .. key)
  redis.call('INCR', base .. 'v:' .. kind)
end
local function file(kind, key, record, expires_at, lifetime)
  redis.call('ZADD', base .. 'i:' .. kind, 'NX', redis.call('INCR', base .. 'sequence'), key)
  redis.call('SADD', base .. 'kinds', kind)
  redis.call('INCR', base .. 'v:' .. kind)
  if expires_at == '' then
    redis.call('SET', base .. 'r:' .. kind .. ':' .. key, record)
    redis.call('ZREM', base .. 'mortal', kind .. ':' .. key)
  else
    redis.call('SET', base .. 'r:' .. kind .. ':' .. key, record, 'PX', lifetime)
    redis.call('ZADD', base .. 'mortal', expires_at, kind .. ':' .. key)
  end
end
for _ = 1, writes do
  local kind, key, record, expires_at, lifetime = take(), take(), take(), take(), take()
  if record == '' then drop(kind, key) else file(kind, key, record, expires_at, lifetime) end
end
local now, grace, most_expired, swept_at_once = take(), take(), take(), take()
if now ~= '' then
  if redis.call('ZCARD', base .. 'mortal') > tonumber(most_expired) then grace = 0 end
  local latest, at_once = tonumber(now) - grace, tonumber(swept_at_once)
  local gone = redis.call('ZRANGE', base .. 'mortal', '-inf', latest, 'BYSCORE', 'LIMIT', 0, at_once)
  for _, name in ipairs(gone) do
    local colon = string.find(name, ':', 1, true)
    drop(string.sub(name, 1, colon - 1), string.sub(name, colon + 1))
  end
end
redis.call('SADD', apps, app_id)
redis.call('SET', base .. 'done:' .. nonce, '', 'PX', 10000)
return 1
"""

LIST: Final = """
local base, kind = KEYS[1], ARGV[1]
local found = {redis.call('GET', base .. 'v:' .. kind) or ''}
for _, key in ipairs(redis.call('ZRANGE', base .. 'i:' .. kind, 0, -1)) do
  local record = redis.call('GET', base .. 'r:' .. kind .. ':' .. key)
  if record then table.insert(found, key); table.insert(found, record) end
end
return found
"""

FORGET: Final = """
local base = KEYS[1]
for _, kind in ipairs(redis.call('SMEMBERS', base .. 'kinds')) do
  for _, key in ipairs(redis.call('ZRANGE', base .. 'i:' .. kind, 0, -1)) do
    redis.call('DEL', base .. 'r:' .. kind .. ':' .. key)
  end
  redis.call('DEL', base .. 'i:' .. kind)
  redis.call('INCR', base .. 'v:' .. kind)
  redis.call('EXPIRE', base .. 'v:' .. kind, 86400)
end
redis.call('DEL', base .. 'kinds', base .. 'mortal')
redis.call('SREM', KEYS[2], ARGV[1])
return 1
"""


ADD: Final = """
local ring, to, record = KEYS[1], ARGV[1], ARGV[2]
local size, most_ended, now = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local cursor = redis.call('HINCRBY', ring, 'cursor', 1)
local first = tonumber(redis.call('HGET', ring, 'first') or 1)
redis.call('SET', ring .. ':m:' .. cursor, record)
redis.call('LPUSH', ring .. ':to:' .. to, cursor)
for _ = 1, 2 do
  local kept = cursor - first + 1
  if kept <= most_ended then break end
  local old = redis.call('GET', ring .. ':m:' .. first) or '\\n\\n0\\n0\\n'
  local recipient, progress, expires_at = string.match(old, '^([^\\n]*)\\n[^\\n]*\\n(%d+)\\n(-?%d+)\\n')
  if kept <= size and tonumber(progress) < 1000000 and now < tonumber(expires_at) then break end
  redis.call('DEL', ring .. ':m:' .. first)
  redis.call('RPOP', ring .. ':to:' .. recipient)
  first = first + 1
end
redis.call('HSET', ring, 'first', first)
redis.call('PUBLISH', ring .. ':arrived', cursor)
return cursor
"""

UPDATE: Final = """
local ring, to, code_id, progress, record = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
for _, cursor in ipairs(redis.call('LRANGE', ring .. ':to:' .. to, 0, 63)) do
  local shown = redis.call('GET', ring .. ':m:' .. cursor) or '\\n\\n0\\n'
  local id, made = string.match(shown, '^[^\\n]*\\n([^\\n]*)\\n(%d+)\\n')
  if id == code_id and tonumber(made) < progress then
    redis.call('SET', ring .. ':m:' .. cursor, record)
  end
end
return 1
"""

FORGET_MESSAGES: Final = """
local ring = KEYS[1]
local cursor = tonumber(redis.call('HGET', ring, 'cursor') or 0)
for number = tonumber(redis.call('HGET', ring, 'first') or 1), cursor do
  local old = redis.call('GET', ring .. ':m:' .. number) or '\\n'
  redis.call('DEL', ring .. ':m:' .. number, ring .. ':to:' .. string.match(old, '^([^\\n]*)\\n'))
end
redis.call('HSET', ring, 'first', cursor + 1)
return 1
"""

REPLACE: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
"""
"""Puts a value in the place of the one known, unless another is there by now."""
