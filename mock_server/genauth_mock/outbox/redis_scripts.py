"""What Redis does with a ring of messages in one step: put one in, show a code as it is now, and forget all.

Every key of a ring begins with KEYS[1], which has the cursors of its newest message (``cursor``) and of its oldest
(``first``). ``:m:CURSOR`` is a message, ``:to:RECIPIENT`` lists the cursors of a recipient, newest first. A message
begins with the lines that are looked at here: recipient, id, progress and expiry of its code.
"""

from __future__ import annotations

from typing import Final

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

FORGET: Final = """
local ring = KEYS[1]
local cursor = tonumber(redis.call('HGET', ring, 'cursor') or 0)
for number = tonumber(redis.call('HGET', ring, 'first') or 1), cursor do
  local old = redis.call('GET', ring .. ':m:' .. number) or '\\n'
  redis.call('DEL', ring .. ':m:' .. number, ring .. ':to:' .. string.match(old, '^([^\\n]*)\\n'))
end
redis.call('HSET', ring, 'first', cursor + 1)
return 1
"""
