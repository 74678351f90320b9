namespace Tokens.Host.Gateway;

/// <summary>Gives each API route one path: <c>/api/v1</c> is <c>/api</c>, and <c>wallet</c> is <c>tokens</c>.</summary>
internal static class PathRewrites
{
    internal static IApplicationBuilder UsePathRewrites(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // What is not ours keeps its path: the legacy application has versions of its own.
        var canonical = Canonical(context.Request.Path);
        if (Routes.BelongsToApi(canonical))
        {
            context.Request.Path = canonical;
        }

        return next(context);
    });

    internal static PathString Canonical(PathString path)
    {
        if (!path.StartsWithSegments("/api", out var rest))
        {
            return path;
        }

        if (rest.StartsWithSegments("/v1", out var unversioned))
        {
            rest = unversioned;
        }

        // Joined as paths: through a string the rest would be decoded once more, and could climb out of its tree.
        return rest.StartsWithSegments("/wallet", out var inWallet)
            ? new PathString("/api/tokens").Add(inWallet)
            : new PathString("/api").Add(rest);
    }
}
