using Tokens.Platform.Inputs;

namespace Tokens.Wallet.Members;

/// <summary>What the user directory says about one member, on both of its routes.</summary>
internal static class MemberFields
{
    private static readonly TextRule NameRule = new("displayName", "Invalid display name", SignInWords.NameLengthMax)
    {
        AllowsControlCharacters = false,
    };

    internal static PutMember.Request Read(FieldReader fields, Guid id)
    {
        var name = fields.OptionalText(NameRule);
        var isCreator = fields.RequiredFlag("isCreator", "Invalid creator flag");
        return new PutMember.Request(id, name, isCreator);
    }

    internal static MemberWord ToWord(PutMember.Request member, DateTime saidAt) =>
        new(member.Id, member.DisplayName, member.IsCreator, saidAt, ByDirectory: true);
}
