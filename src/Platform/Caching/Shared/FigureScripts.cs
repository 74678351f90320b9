namespace Tokens.Platform.Caching.Shared;

/// <summary>The commands of the cache that must not be taken apart, as Redis executes them. The first key is the generation's.</summary>
internal static class FigureScripts
{
    /// <summary>Key: the slot. Arguments: token, milliseconds that a lease lasts. See <see cref="IFigureSlots.LeaseAsync"/>.</summary>
    internal const string Lease = """
        local generation = redis.call('GET', KEYS[1])
        if not generation then
          generation = ARGV[1]
          redis.call('SET', KEYS[1], generation)
        end
        local held = redis.call('GET', KEYS[2])
        local least = '0'
        if held and string.sub(held, 1, #generation + 1) == generation .. ' ' then
          local body = string.sub(held, #generation + 2)
          if string.sub(body, 1, 1) ~= '!' then
            return {generation, held}
          end
          least = string.sub(body, 3)
        end
        held = generation .. ' ? ' .. ARGV[1] .. ' ' .. least
        redis.call('SET', KEYS[2], held, 'PX', ARGV[2])
        return {generation, held}
        """;

    /// <summary>Key: the slot, the first here. Arguments: the lease, what replaces it, milliseconds that it lasts.</summary>
    internal const string Fill = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
        """;

    /// <summary>
    /// Keys: the slots. Arguments: the writer's generation, milliseconds that an entry lasts, then version and value for each slot. See
    /// <see cref="IFigureSlots.WriteAsync"/>.
    /// </summary>
    internal const string Write = """
        local generation = redis.call('GET', KEYS[1])
        local known = generation == ARGV[1]
        if not generation then
          return generation
        end
        for i = 2, #KEYS do
          local version = tonumber(ARGV[2 * i - 1])
          local held = redis.call('GET', KEYS[i])
          local newest, is_figure = -1, false
          if held and string.sub(held, 1, #generation + 1) == generation .. ' ' then
            local body = string.sub(held, #generation + 2)
            local figure = string.match(body, '^(%d+) ')
            newest, is_figure = tonumber(figure or string.match(body, ' (%d+)$')), figure ~= nil
          end
          if known and (version > newest or version == newest and not is_figure) then
            redis.call('SET', KEYS[i], generation .. ' ' .. ARGV[2 * i - 1] .. ' ' .. ARGV[2 * i], 'PX', ARGV[2])
          elseif version > newest then
            redis.call('SET', KEYS[i], generation .. ' ! ' .. ARGV[2 * i - 1], 'PX', ARGV[2])
          end
        end
        return generation
        """;
}
