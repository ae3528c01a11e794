using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Iam.Members;

/// <summary>What is done to members. A member and its access keys change together.</summary>
public sealed class MemberChanges(IResourceStore store, ITextSealer sealer, TimeProvider clock)
{
    /// <summary>Adds a member with an access key, which is told this once.</summary>
    /// <param name="member">Dated now, whatever it says.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The key, or why there is none.</returns>
    public async Task<(AccessKey? Key, string? Fault)> CreateAsync(Member member, CancellationToken cancellationToken)
    {
        if (MemberRules.WhyNot(member) is { } fault)
        {
            return (null, fault);
        }

        var now = clock.GetUtcNow();
        var dated = member with { CreateDate = new(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero) };
        var user = dated.ToUser();
        var key = new AccessKey
        {
            AccessKeyId = AccessKey.NewId(),
            SecretAccessKey = AccessKey.NewSecret(),
            Account = user.Owner.Account,
            UserName = user.Owner.UserName,
            Permission = user.Permission,
            CreateDate = dated.CreateDate,
        };
        var secret = sealer.Seal(key.AccessKeyId, key.SecretAccessKey);
        var isNew = await store.ChangeAsync(
            snapshot => snapshot.Members.Find(dated.Key) is null
                ? (snapshot.With(MemberCollection.Kind, dated).With(KnownAccessKeys.Kind, StoredAccessKey.Of(key, secret)), true)
                : (snapshot, false),
            cancellationToken);

        return isNew ? (key, null) : (null, $"There is a member named '{dated.Key.Name}' already; delete it first, or take another name.");
    }

    /// <summary>Removes a member and all its access keys. What it has registered stays so.</summary>
    /// <returns>What was removed; null when there was none.</returns>
    public Task<Member?> DeleteAsync(MemberKey key, CancellationToken cancellationToken) => store.ChangeAsync(
        snapshot =>
        {
            if (snapshot.Members.Find(key) is not { } member)
            {
                return (snapshot, (Member?)null);
            }

            var owner = key.ToOwner();
            var next = snapshot.Of(KnownAccessKeys.Kind).All
                .Where(stored => stored.Account == owner.Account && stored.UserName == owner.UserName)
                .Aggregate(snapshot, (rest, stored) => rest.Without(KnownAccessKeys.Kind, stored.AccessKeyId));
            return (next.Without(MemberCollection.Kind, key), member);
        },
        cancellationToken);
}
