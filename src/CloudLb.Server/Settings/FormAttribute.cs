using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CloudLb.Server.Settings;

/// <summary>A text that must be of a form, told with the text as it is.</summary>
/// <param name="pattern">The whole text.</param>
/// <param name="meaning">What it must be, in words.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormAttribute(string pattern, string meaning) : ValidationAttribute
{
    public bool MayBeEmpty { get; set; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is not string text || (MayBeEmpty && text.Length == 0) || Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.ECMAScript)
            ? ValidationResult.Success
            : new($"{validationContext.DisplayName} is '{text}'; it must be {meaning}.");
}
