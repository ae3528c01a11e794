using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace CloudLb.Server.Settings;

/// <summary>
/// Holds options against their annotations and their own rules, also those of options within them. All faults are found, and each names
/// its setting as it is
/// written, which .NET's own check does not.
/// </summary>
/// <param name="section">The options' section.</param>
/// <param name="services">What rules may ask for: the configuration, to know what is given.</param>
internal sealed class AnnotatedOptions<T>(string section, IServiceProvider services) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults = FaultsOf(section, options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> FaultsOf(string name, object options)
    {
        var results = new List<ValidationResult>();
        foreach (var property in SettingTree.PropertiesOf(options.GetType()))
        {
            var context = new ValidationContext(options, services, items: null)
            {
                MemberName = property.Name, DisplayName = $"{name}:{SettingTree.NameOf(property)}",
            };
            Validator.TryValidateValue(property.GetValue(options)!, context, results, property.GetCustomAttributes<ValidationAttribute>());
        }

        if (options is IValidatableObject rules)
        {
            results.AddRange(rules.Validate(new(options, services, items: null) { DisplayName = name }));
        }

        return results.Select(result => result.ErrorMessage!)
            .Concat(SettingTree.PartsOf(name, options).SelectMany(part => FaultsOf(part.Name, part.Options)));
    }
}
