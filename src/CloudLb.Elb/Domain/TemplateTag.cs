using CloudLb.AwsApi;
using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Templates;

namespace CloudLb.Elb.Domain;

/// <summary>The tag by which a load balancer asks for a template of the operator's. AWS has no such thing, and no word for it.</summary>
internal static class TemplateTag
{
    public const string Key = "cloudlb:template";

    /// <summary>The template's name; null for none.</summary>
    public static string? In(IEnumerable<Tag> tags) => tags.FirstOrDefault(tag => tag.Key == Key)?.Value;

    /// <summary>Throws a ValidationError when the account may not use the template that the tags ask for.</summary>
    public static void Check(IEnumerable<Tag> tags, AccountId account, ITemplateRights rights)
    {
        if (In(tags) is { } template && rights.WhyNot(account, template) is { } why)
        {
            throw CommonErrors.ValidationError.Because($"The tag '{Key}' cannot be given: {why}.");
        }
    }
}
