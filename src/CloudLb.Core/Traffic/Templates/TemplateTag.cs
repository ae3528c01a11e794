using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Traffic.Templates;

/// <summary>The tag by which a load balancer asks for a template of the operator's. AWS has no such thing, and no word for it.</summary>
public static class TemplateTag
{
    public const string Key = "cloudlb:template";

    /// <summary>The template's name; null for none.</summary>
    public static string? In(IEnumerable<Tag> tags) => tags.FirstOrDefault(tag => tag.Key == Key)?.Value;

    /// <summary>Why these tags cannot be given to a load balancer of the account, as a sentence; null when they can.</summary>
    public static string? WhyNot(IEnumerable<Tag> tags, AccountId account, ITemplateRights rights) =>
        In(tags) is { } template && rights.WhyNot(account, template) is { } why ? $"The tag '{Key}' cannot be given: {why}." : null;
}
