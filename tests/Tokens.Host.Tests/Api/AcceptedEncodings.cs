using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

/// <summary>Asks as a client that understands these encodings, and reads no more than the headers.</summary>
internal static class AcceptedEncodings
{
    internal static async Task<HttpResponseMessage> GetAsync(TestMember member, string path, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return await member.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
