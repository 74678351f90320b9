using Tokens.Platform.Redis;

namespace Tokens.Platform.Caching.Shared;

/// <summary>The commands of the cache that must not be taken apart, as Redis executes them. The first key is the generation's.</summary>
internal static class FigureScripts
{
    /// <summary>Key: the slot. Arguments: token, milliseconds that a lease lasts. See <see cref="IFigureSlots.LeaseAsync"/>.</summary>
    internal static readonly RedisScript Lease = new("""
        local generation = redis.call('GET', KEYS[1])
        if not generation then
          generation = ARGV[1]
          redis.call('SET', KEYS[1], generation)
        end
        local held = redis.call('GET', KEYS[2])
        if not held or string.sub(held, 1, #generation + 1) ~= generation .. ' ' then
          held = generation .. ' ? ' .. ARGV[1]
          redis.call('SET', KEYS[2], held, 'PX', ARGV[2])
        end
        return {generation, held}
        """);

    /// <summary>Key: the slot, the first here. Arguments: the lease, what replaces it, milliseconds that it lasts.</summary>
    internal static readonly RedisScript Fill = new("""
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
        """);

    /// <summary>
    /// Keys: the slots. Arguments: the writer's generation, milliseconds that an entry lasts, then version and value for each slot. See
    /// <see cref="IFigureSlots.WriteAsync"/>.
    /// </summary>
    internal static readonly RedisScript Write = new("""
        local generation = redis.call('GET', KEYS[1])
        local known = generation == ARGV[1]
        for i = 2, #KEYS do
          local version = ARGV[2 * i - 1]
          if known then
            local held = redis.call('GET', KEYS[i])
            local newest = held and string.match(held, '^' .. generation .. ' (%d+) ')
            if not newest or tonumber(newest) < tonumber(version) then
              redis.call('SET', KEYS[i], generation .. ' ' .. version .. ' ' .. ARGV[2 * i], 'PX', ARGV[2])
            end
          else
            redis.call('DEL', KEYS[i])
          end
        end
        return generation
        """);
}
