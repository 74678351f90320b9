using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Wallet.Members;

/// <summary>PUT /api/tokens/admin/members: the user directory in bulk, all of a call or nothing of it.</summary>
internal static class PutMembers
{
    private const int MembersMax = 1_000;

    internal sealed record Request(IReadOnlyList<PutMember.Request> Members) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Body.RequiredList(
            "members",
            "Invalid members",
            MembersMax,
            item => MemberFields.Read(item, item.RequiredId("id", "Invalid member id"))));
    }

    internal sealed record Response(bool Success, int Count, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, MemberDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var members = input.Value.Members;
        if (members.Any(member => ReservedIds.Covers(member.Id)))
        {
            return InputFault.Of("members", "Invalid member id", "No member bears one of these ids.");
        }

        var now = time.UtcNow();
        await directory.RecordAsync([.. members.Select(member => MemberFields.ToWord(member, now))], cancellationToken);
        return TypedResults.Ok(new Response(true, members.Count, now));
    }
}
