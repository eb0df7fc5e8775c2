"""A model field that holds one wording per language as JSON, with a visible fallback."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslatedField(models.JSONField):
    """Wording by language code. An empty wording is left out, so that ``{}`` is "nothing said"."""

    description = "Text in several languages"

    def __init__(self, *args: Any, longest: int = 500, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        self.longest = longest
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["longest"] = self.longest
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname) or {}
        tidy = {language: text.strip() for language, text in value.items() if text and text.strip()}
        setattr(model_instance, self.attname, tidy)
        return tidy

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, dict) or not all(
            isinstance(language, str) and isinstance(text, str) for language, text in value.items()
        ):
            raise ValidationError(_("Write one text per language."), code="translated")
        for text in value.values():
            if len(text) > self.longest:
                raise ValidationError(
                    _("The text has %(length)d characters; at most %(longest)d are kept."),
                    code="too_long",
                    params={"length": len(text), "longest": self.longest},
                )
