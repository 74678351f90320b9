using System.Diagnostics;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;
using Tokens.Host.Api.Sessions;
using Tokens.Platform.Identity;

namespace Tokens.Host.Api;

/// <summary>
/// Supabase-shaped bearer tokens, signed by a shared secret or by an OpenID authority, and the sessions that they open; required
/// everywhere by default.
/// </summary>
internal static class SignIn
{
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>The role of administrators.</summary>
    internal const string AdminRole = "tokens-admin";

    private const string Scheme = "sign-in";
    private static readonly TimeSpan AuthorityConnectionLifetime = TimeSpan.FromMinutes(5);

    internal static void AddSignIn(this WebApplicationBuilder builder)
    {
        var settings = SignInSettings.From(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<SigningSecrets>();
        builder.Services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, displayName: null, options => options.ForwardDefaultSelector = SessionSignIn.SchemeOf)
            .AddJwtBearer();
        builder.AddSessions();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<SigningSecrets, TimeProvider>((options, secrets, time) => Configure(options, settings, secrets, time));
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Admin, policy => policy.RequireAssertion(context => SignInClaims.HasRole(context.User, AdminRole)));
    }

    private static void Configure(JwtBearerOptions options, SignInSettings settings, SigningSecrets secrets, TimeProvider time)
    {
        options.MapInboundClaims = false;
        options.TimeProvider = time;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = settings.Audience,
            ValidateIssuer = settings.Authority is not null,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = ClockSkew,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires, time),
            NameClaimType = Caller.SubjectClaim,
        };
        if (settings.Authority is { } authority)
        {
            options.Authority = authority;
            // The authority is another company's: it isn't told of our traces.
            options.BackchannelHttpHandler = new SocketsHttpHandler
            {
                ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
                PooledConnectionLifetime = AuthorityConnectionLifetime,
            };
            options.RequireHttpsMetadata = !new Uri(authority).IsLoopback;
            options.TokenValidationParameters.ValidAlgorithms =
                [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];
        }
        else
        {
            options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
            options.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, _, _) => secrets.Keys;
        }

        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                if (!SignInClaims.IsMember(context.Principal!))
                {
                    context.Fail("The token is not a member's.");
                }

                return Task.CompletedTask;
            },
        };
    }

    private static bool IsAlive(DateTime? notBefore, DateTime? expires, TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now - ClockSkew && (notBefore is null || notBefore <= now + ClockSkew);
    }
}
