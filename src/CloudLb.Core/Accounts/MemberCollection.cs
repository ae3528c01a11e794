using CloudLb.Core.Resources;

namespace CloudLb.Core.Accounts;

/// <summary>The members as a kind of resource.</summary>
public static class MemberCollection
{
    public static readonly ResourceKind<MemberKey, Member> Kind = new("member")
    {
        KeyOf = member => member.Key,
        KeyText = key => key.ToString(),
        ParseKey = MemberKey.Parse,
        Document = MemberDocument.Form.Member,
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<MemberKey, Member> Members => snapshot.Of(Kind);
    }
}
