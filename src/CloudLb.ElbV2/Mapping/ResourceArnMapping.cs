using CloudLb.AwsApi;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Mapping;

/// <summary>ARNs of whatever can have tags.</summary>
internal static class ResourceArnMapping
{
    /// <summary>Of resources in one call (API reference).</summary>
    private const int Maximum = 20;

    /// <summary>The ARNs, each once; what is none is a ValidationError, and one of another account or region is not there.</summary>
    public static IReadOnlyList<Arn> ResourceArns(this Caller caller, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            throw CommonErrors.ValidationError.Because("At least one resource ARN must be specified");
        }

        return texts.Count <= Maximum
            ? [.. texts.Distinct().Select(text => ResourceArn(caller, text))]
            : throw CommonErrors.ValidationError.Because(
                $"Up to '{Maximum}' resource ARNs can be specified, but '{texts.Count}' were specified");
    }

    private static Arn ResourceArn(Caller caller, string text)
    {
        if (!Arn.TryParse(text, out var arn))
        {
            throw CommonErrors.ValidationError.Because($"'{ResourceNames.Cut(text)}' is not a valid ARN");
        }

        return arn.Account == caller.AccountId() && arn.Region == caller.Region
            ? arn
            : throw (arn.Kind == ArnKind.TargetGroup
                ? Errors.TargetGroupNotFound.Because($"Target groups '{arn}' not found")
                : ArnMapping.NotFound(arn));
    }
}
