using System.CommandLine;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb config check</c>: are the settings right, and what are they?</summary>
internal static class ConfigCommand
{
    public static Command Create(Func<EffectiveSettings> settings)
    {
        var check = new Command("check", "Check the settings and print those in force; all faults at once if there are any.");
        check.SetAction(_ =>
        {
            foreach (var (name, value) in settings().All)
            {
                Console.Out.WriteLine($"{name} = {value}");
            }
        });
        return new("config", "Settings.") { check };
    }
}
