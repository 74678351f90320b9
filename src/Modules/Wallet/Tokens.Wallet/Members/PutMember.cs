using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Wallet.Members;

/// <summary>PUT /api/tokens/admin/members/{id}: the user directory says who somebody is.</summary>
internal static class PutMember
{
    internal sealed record Request(Guid Id, string? DisplayName, bool IsCreator) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            var id = input.Route.RequiredId("id", "Invalid member id");
            return MemberFields.Read(input.Body, id);
        }
    }

    internal sealed record Response(bool Success, MemberView Member, DateTime Timestamp);

    internal sealed record MemberView(Guid Id, string? DisplayName, bool IsCreator);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, MemberDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var member = input.Value;
        if (ReservedIds.Covers(member.Id))
        {
            return InputFault.Of("id", "Invalid member id", "No member bears this id.");
        }

        var now = time.UtcNow();
        await directory.RecordAsync([MemberFields.ToWord(member, now)], cancellationToken);
        return TypedResults.Ok(new Response(true, new MemberView(member.Id, member.DisplayName, member.IsCreator), now));
    }
}
