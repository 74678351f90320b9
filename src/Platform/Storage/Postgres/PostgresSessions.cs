using System.Collections.Concurrent;
using Npgsql;

namespace Tokens.Platform.Storage.Postgres;

/// <summary>All pools of a host, whose sessions can be replaced at once. Pools live as long as the host.</summary>
internal sealed class PostgresSessions
{
    private readonly ConcurrentBag<NpgsqlDataSource> _pools = [];

    internal void Add(NpgsqlDataSource pool) => _pools.Add(pool);

    /// <summary>Closes idle sessions now and busy ones when they are given back.</summary>
    internal void Renew()
    {
        foreach (var pool in _pools)
        {
            pool.Clear();
        }
    }
}
