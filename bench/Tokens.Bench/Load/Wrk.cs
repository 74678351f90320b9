using Tokens.Bench.Processes;
using Tokens.Bench.Products;
using Tokens.Platform.Time;

namespace Tokens.Bench.Load;

/// <summary>HTTP load by wrk.</summary>
internal static class Wrk
{
    private const int ThreadsMax = 2;
    private const string Tip = "/api/tokens/tip";

    /// <summary>Tips to any of the creators in that file.</summary>
    internal static Task<LoadResult> TipAsync(
        Uri gateway, int connections, int seconds, CastFiles files, string creators, CancellationToken cancellationToken) =>
        PostAsync(gateway, Tip, connections, seconds, files, creators, cancellationToken);

    /// <summary>Tips, or requests just like them: each by a random fan, with a key of its own.</summary>
    internal static async Task<LoadResult> PostAsync(
        Uri address, string path, int connections, int seconds, CastFiles files, string creators, CancellationToken cancellationToken)
    {
        var keys = Uuid.NewRandom().ToString("N");
        var load = await RunAsync(address, connections, seconds, ["post.lua", path, files.Tokens, creators, keys], cancellationToken);
        return load with { Keys = keys };
    }

    /// <summary>Redeems gift cards by their codes, each once, whoever of the fans but the first.</summary>
    internal static Task<LoadResult> RedeemAsync(
        Uri address, string path, int connections, int seconds, CastFiles files, string codes, CancellationToken cancellationToken) =>
        RunAsync(address, connections, seconds, ["redeem.lua", path, files.Tokens, codes, Uuid.NewRandom().ToString("N")], cancellationToken);

    internal static Task<LoadResult> GetAsync(
        Uri address, string path, int connections, int seconds, CastFiles files, CancellationToken cancellationToken) =>
        RunAsync(address, connections, seconds, ["get.lua", path, files.Tokens], cancellationToken);

    private static async Task<LoadResult> RunAsync(
        Uri address, int connections, int seconds, string[] script, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(
            "wrk",
            [
                "--latency", "--timeout", "30s",
                "--threads", $"{Math.Min(ThreadsMax, connections)}",
                "--connections", $"{connections}",
                "--duration", $"{seconds}s",
                "--script", Path.Combine(AppContext.BaseDirectory, "Scripts", script[0]),
                address.ToString(), "--", .. script[1..],
            ],
            cancellationToken);
        return WrkOutput.Parse(result.Output) with { Generator = result.Usage };
    }
}
