using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tokens.Host.Roles;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;
using static Tokens.Host.Api.DevRoutes;

namespace Tokens.Host.Api;

/// <summary>POST /dev/token: signs anybody in, in Development and while every listener is on loopback.</summary>
internal static class DevToken
{
    private const string Path = "/dev/token";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TextRule NameRule = new("name", "Invalid name", 200);
    private static readonly TextRule RolesRule = new("roles", "Invalid roles", 64) { LengthMinimum = 1 };

    internal sealed record Request(string? UserId, string? Name, bool? IsCreator, IReadOnlyList<string> Roles) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            var id = input.Body.OptionalText(new TextRule("userId", "Invalid user id", 36));
            if (id is not null && (!Guid.TryParseExact(id, "D", out var parsed) || ReservedIds.Covers(parsed)))
            {
                input.Fault("userId", "Invalid user id", "userId must be a UUID.");
            }

            return new Request(
                id,
                input.Body.OptionalText(NameRule),
                input.Body.OptionalFlag("isCreator", "Invalid creator flag"),
                input.Body.OptionalTexts(RolesRule, 16));
        }
    }

    internal sealed record Response(string Token, Guid UserId);

    // Mapped everywhere: an address without a route would ask a stranger to sign in first.
    internal static void Map(IEndpointRouteBuilder routes, HostSettings settings)
    {
        var route = IsPrivate(settings)
            ? routes.MapPost(Path, Handle).AddEndpointFilter<RefuseBadInput>().RequireRateLimiting(HostLimits.DevToken.Name)
            : routes.Map(Path, () => NotHere).ExcludeFromDescription();
        route.AllowAnonymous().WithName("DevToken").WithTags("Development").WithSummary("Signs anybody in, on a developer's machine only");
    }

    private static Results<Ok<Response>, Problem> Handle(
        Input<Request> input, SigningSecrets secrets, SignInSettings signIn, TimeProvider time)
    {
        if (secrets.Keys.Count == 0)
        {
            return NotHere;
        }

        var request = input.Value;
        var id = request.UserId is { } given ? Guid.Parse(given) : Uuid.NewRandom();
        var now = time.GetUtcNow();
        var metadata = new Dictionary<string, object> { ["roles"] = request.Roles };
        if (request.IsCreator is { } isCreator)
        {
            metadata["is_creator"] = isCreator;
        }

        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>
            {
                [Caller.SubjectClaim] = id.ToString(),
                ["aud"] = signIn.Audience,
                ["role"] = "authenticated",
                // Whole seconds, as Supabase counts: a fraction would be rounded on reading, perhaps into the future.
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
                ["user_metadata"] = request.Name is null ? [] : new Dictionary<string, object> { ["display_name"] = request.Name },
                ["app_metadata"] = metadata,
            },
            SigningCredentials = new SigningCredentials(secrets.Keys[0], SecurityAlgorithms.HmacSha256),
        });
        return TypedResults.Ok(new Response(token, id));
    }
}
