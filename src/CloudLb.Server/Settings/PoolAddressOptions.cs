using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CloudLb.Server.Settings;

/// <summary>Whether load balancers' addresses are put on an interface of this machine, by the process that may.</summary>
public sealed partial class PoolAddressOptions : IValidatableObject
{
    public const string Section = "CloudLb:PoolAddresses";

    /// <summary>Of whose network the pools are. Default: none, addresses are the operator's to add.</summary>
    public string? Interface { get; set; }

    /// <summary>Where <c>cloudlb hold-addresses</c> is asked. Default: where its unit has it.</summary>
    public string Socket { get; set; } = "/run/cloudlb-addresses/socket";

    /// <summary>
    /// How long an address stays that no load balancer has any more: 0 to 1 hour, default a minute, as long as its name is remembered.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RemoveAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether text can be the name of an interface.</summary>
    public static bool IsInterface(string? text) => text is not null && NameForm().IsMatch(text);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Interface is not { Length: > 0 })
        {
            yield break;
        }

        if (!IsInterface(Interface))
        {
            yield return new($"{Section}:Interface is '{Interface}', which is no name of a network interface.");
        }

        if (validationContext.GetService(typeof(IConfiguration)) is IConfiguration configuration
            && !configuration.GetValue<bool>($"{HAProxy.HAProxyOptions.Section}:{nameof(HAProxy.HAProxyOptions.BindAbsentAddresses)}"))
        {
            yield return new(
                $"{Section}:Interface needs CloudLb:HAProxy:BindAbsentAddresses=true, as listeners are there before their addresses are.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}\z")]
    private static partial Regex NameForm();
}
