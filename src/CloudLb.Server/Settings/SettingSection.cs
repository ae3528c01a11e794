using Microsoft.Extensions.Options;

namespace CloudLb.Server.Settings;

/// <summary>A section of the settings and the options that read it.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Type">The options' type, which stands beside its reader.</param>
/// <param name="AddTo">Adds the options, bound and checked.</param>
internal sealed record SettingSection(string Name, Type Type, Action<IServiceCollection> AddTo)
{
    public static SettingSection Of<T>(string name)
        where T : class => new(name, typeof(T), services =>
        {
            services.AddOptions<T>().BindConfiguration(name).PostConfigure(options => SettingLists.RemoveEmpty(options)).ValidateOnStart();
            services.AddSingleton<IValidateOptions<T>>(provider => new AnnotatedOptions<T>(name, provider));
        });
}
