namespace Tokens.Host.Api;

/// <summary>How much of the API's documentation a host serves.</summary>
internal enum Documentation
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>The OpenAPI document.</summary>
    Description,

    /// <summary>The OpenAPI document and the page to read it at.</summary>
    Page,
}
