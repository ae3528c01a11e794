using System.ComponentModel.DataAnnotations;

namespace CloudLb.Server.Settings;

/// <summary>A number that has no upper bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtLeastAttribute(int least) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is int number && number >= least
            ? ValidationResult.Success
            : new($"{validationContext.DisplayName} is {value}; it must be {least} at least.");
}
