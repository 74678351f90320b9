namespace Tokens.Host.Api.Sessions;

/// <summary>Names of the product's cookies.</summary>
internal static class SiteCookies
{
    internal const string Session = "tokens-session";
    internal const string Csrf = "tokens-csrf";
    internal const string HttpsPrefix = "__Host-";

    /// <summary>
    /// The name on this connection. Over https it has a prefix with which browsers take the cookie from this very host only, so
    /// that no neighbouring domain and no plain-http page can plant one.
    /// </summary>
    internal static string NameOf(string cookie, HttpContext? context) => context?.Request.IsHttps == true ? HttpsPrefix + cookie : cookie;
}
