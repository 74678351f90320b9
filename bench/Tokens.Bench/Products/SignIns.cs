using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tokens.Platform.Time;

namespace Tokens.Bench.Products;

/// <summary>Signs members in as the identity provider does: with a secret that the product shares.</summary>
internal sealed class SignIns
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly SigningCredentials _credentials;

    internal SignIns()
    {
        Secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _credentials = new SigningCredentials(
            new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(Secret)), SecurityAlgorithms.HmacSha256);
    }

    /// <summary>Goes into the product's <c>SUPABASE_JWT_SECRET</c>.</summary>
    internal string Secret { get; }

    internal Member NewMember(bool isCreator = false) => Make(Uuid.NewRandom(), isCreator, []);

    internal Member Of(Guid creatorId) => Make(creatorId, isCreator: true, []);

    internal Member NewAdmin() => Make(Uuid.NewRandom(), isCreator: false, ["tokens-admin"]);

    private Member Make(Guid id, bool isCreator, string[] roles)
    {
        var now = TimeProvider.System.GetUtcNow();
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>
            {
                ["sub"] = id.ToString(),
                ["aud"] = "authenticated",
                ["role"] = "authenticated",
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
                ["app_metadata"] = new Dictionary<string, object> { ["is_creator"] = isCreator, ["roles"] = roles },
            },
            SigningCredentials = _credentials,
        });
        return new Member(id, token);
    }
}
