namespace Tokens.Platform.Identity;

/// <summary>Names of the authorization policies that routes ask for.</summary>
public static class Policies
{
    /// <summary>The sign-in carries the role that opens the admin routes.</summary>
    public const string Admin = "admin";
}
