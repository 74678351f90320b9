using Microsoft.AspNetCore.Antiforgery;

namespace Tokens.Host.Api.Sessions;

/// <summary>Binds each antiforgery token to its session: by itself it would serve every session of the same member.</summary>
internal sealed class CsrfSession : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => Session.IdOf(context.User)?.ToString() ?? "";

    public bool ValidateAdditionalData(HttpContext context, string additionalData) =>
        Session.IdOf(context.User) is { } id && additionalData == id.ToString();
}
