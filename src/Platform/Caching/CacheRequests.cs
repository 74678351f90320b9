using System.Diagnostics.Metrics;

namespace Tokens.Platform.Caching;

/// <summary>Counts the readings of one cache as <c>dotnet.cache.requests</c>.</summary>
internal sealed class CacheRequests(IMeterFactory meters, string meter, string cache)
{
    private readonly Counter<long> _requests = meters.Create(meter).CreateCounter<long>(
        "dotnet.cache.requests", "{request}", "Readings of a cache: known, unknown, or not to be asked.");

    internal void Hit() => Count("hit");

    internal void Missed() => Count("miss");

    internal void Failed() => Count("error");

    private void Count(string type) => _requests.Add(1, new("cache.name", cache), new("cache.request.type", type));
}
