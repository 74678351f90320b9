using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokens.Host.Tests.Running;

/// <summary>An OpenID authority: says who it is and which key it signs with.</summary>
internal sealed class Authority : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Authority(WebApplication app) => _app = app;

    internal string Url => _app.Urls.Single();

    internal RSA Key { get; private set; } = RSA.Create(2048);

    internal string KeyId { get; private set; } = "first";

    /// <summary>The names of the headers that it was sent.</summary>
    internal ConcurrentDictionary<string, bool> HeaderNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal static async Task<Authority> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var authority = new Authority(app);
        app.Use((context, next) =>
        {
            foreach (var name in context.Request.Headers.Keys)
            {
                authority.HeaderNames[name] = true;
            }

            return next(context);
        });
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = authority.Url,
            jwks_uri = authority.Url + "/keys",
            id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { authority.PublicKey() } }));
        await app.StartAsync();
        return authority;
    }

    /// <summary>From now on another key signs, and is the only one told of.</summary>
    internal void Rotate()
    {
        Key.Dispose();
        (Key, KeyId) = (RSA.Create(2048), "second");
    }

    /// <summary>A token as this authority makes it.</summary>
    internal string Sign(Dictionary<string, object?> claims) =>
        Jwt.Rs256(Key, KeyId, claims.ContainsKey("iss") ? claims : new(claims) { ["iss"] = Url });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Key.Dispose();
    }

    private object PublicKey()
    {
        var key = Key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = KeyId,
            n = Base64Url.EncodeToString(key.Modulus),
            e = Base64Url.EncodeToString(key.Exponent),
        };
    }
}
