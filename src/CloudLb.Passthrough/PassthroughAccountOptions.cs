using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CloudLb.Passthrough;

/// <summary>An account whose calls are passed on, and as whom.</summary>
public sealed partial class PassthroughAccountOptions : IValidatableObject
{
    /// <summary>Twelve decimal digits: the account here.</summary>
    public string AccountId { get; set; } = "";

    /// <summary>
    /// The key at the other endpoint that this account's calls are signed with anew. Absent with <see cref="Unchanged"/>.
    /// </summary>
    public string? AccessKeyId { get; set; }

    public string? SecretAccessKey { get; set; }

    /// <summary>The other endpoint knows the account's own keys, so calls go there with their own signatures. Default false.</summary>
    public bool Unchanged { get; set; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        var hasKey = !string.IsNullOrEmpty(AccessKeyId) && !string.IsNullOrEmpty(SecretAccessKey);
        var hasNone = string.IsNullOrEmpty(AccessKeyId) && string.IsNullOrEmpty(SecretAccessKey);
        if (!AccountIdForm().IsMatch(AccountId) || (Unchanged ? !hasNone : !hasKey) || (hasKey && !AccessKeyIdForm().IsMatch(AccessKeyId!)))
        {
            yield return new($"{validationContext.DisplayName} must have an AccountId of twelve digits and either AccessKeyId, 3 to 128 " +
                "letters, digits or underscores, with SecretAccessKey, or Unchanged.");
        }
    }

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex AccountIdForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{3,128}\z")]
    private static partial Regex AccessKeyIdForm();
}
