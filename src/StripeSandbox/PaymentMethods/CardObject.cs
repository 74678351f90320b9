namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary>The card inside a payment method or a charge; test cards never expire while anybody looks at them.</summary>
internal sealed record CardObject(string Brand, string Last4, string Funding, string Fingerprint, int ExpYear)
{
    private const int YearsValid = 5;

    public string Country => "US";

    public int ExpMonth => 12;

    internal static CardObject Of(PaymentMethod method)
    {
        var card = method.Card();
        return new(card.Brand, card.Last4, card.Funding, card.Fingerprint, DateTimeOffset.FromUnixTimeSeconds(method.Created).Year + YearsValid);
    }
}
